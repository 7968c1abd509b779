/** What makes the sound of one note. */

export interface Asked {
  readonly rate: number;
  /** Of the sound that is asked for; the note may have died away before. */
  readonly samples: number;
  /** Hertz; drums have none. */
  readonly frequency: number;
  /** 0..1: how hard it is struck, which colours the sound. How loud it becomes is left to whoever plays it. */
  readonly force: number;
  /** Seeds what differs from one take to the next. */
  readonly take: number;
}

export interface Instrument {
  readonly sound: (asked: Asked) => Float32Array;
  /** Against the other instruments. */
  readonly gain: number;
  /** Seconds after which nothing is heard any more, however long it is held. */
  readonly rings: number;
  /** Seconds in which it dies away when it is let go. */
  readonly release: number;
  /** Share that is heard of the room around it. */
  readonly room: number;
}
