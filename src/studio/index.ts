/** The studio: agents that make films. A project imports this as `continuo/studio`. */
export { aspectSchema, framesPerSecond, layoutOf, type Aspect, type Box, type Layout, type Size } from './film/aspect.ts';
export { blobSchema, provenanceSchema, type Provenance } from './film/blob.ts';
export { paletteSchema, type Palette } from './film/palette.ts';
export { pictureSchema, type Entrance, type Picture, type Sprite } from './film/picture.ts';
export { qualitySchema, type Quality } from './film/quality.ts';
export { filmRequestSchema, readFilmRequest, type FilmRequest, type FilmRequestInput, type RequestProblem } from './film/request.ts';
export type { FilmResult, FilmSentence } from './film/result.ts';
export type { FilmEstimate, FilmSystem, OpenedFilmSystem, OpenFilmSystem, Stage } from './film/film-system.ts';
export {
  captionTemplates,
  captionTemplateSchema,
  sceneKindSchema,
  segmentInputSchema,
  segmentSchema,
  textCardSchema,
  transitionSchema,
  type CaptionTemplate,
  type SceneKind,
  type Segment,
  type SegmentInput,
  type ShownCaption,
  type TextCard,
  type Transition,
} from './film/scene.ts';
export { speechSchema, wordSchema, type Speech, type Word } from './film/speech.ts';
export type { Asset, Arrangement, PictureBrief } from './pictures/brief.ts';
export type { Assets, AssetsInput } from './pictures/assets-agent.ts';
export type { Storyboard, StoryboardInput } from './pictures/storyboard.ts';
export { mustBeDrawable } from './lettering/fonts.ts';
export type { Film, MergeInput } from './merge/merge-agent.ts';
export type { Subtitles, SubtitlesInput } from './merge/subtitles-agent.ts';
export type { Thumbnail, ThumbnailInput } from './merge/thumbnail-agent.ts';
export { moodFor } from './music/mood-for.ts';
export { musicSeconds } from './music/form.ts';
export { moods, type Mood } from './music/mood.ts';
export type { Music, MusicInput } from './music/music-agent.ts';
export type { Check } from './probe/check.ts';
export type { Inspection } from './probe/inspection.ts';
export type { ProbeInput } from './probe/probe-agent.ts';
export type { Probe } from './probe/probe.ts';
export { reportFor, type FilmReport } from './probe/report-for.ts';
export type { SpeechInput } from './speech/speech-agent.ts';
export { openStudio, voiceOfMachine, type Studio, type StudioOptions } from './open-studio.ts';
export { studio } from './refs.ts';
