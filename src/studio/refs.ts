/** The agents of the studio as a workflow names them, with what they take and give. */
import { agentRef, type AgentRef } from '../core/plan/agent-ref.ts';
import type { Picture } from './film/picture.ts';
import type { Segment, SegmentInput } from './film/scene.ts';
import type { Speech } from './film/speech.ts';
import type { Film, MergeInput } from './merge/merge-agent.ts';
import type { Subtitles, SubtitlesInput } from './merge/subtitles-agent.ts';
import type { Thumbnail, ThumbnailInput } from './merge/thumbnail-agent.ts';
import type { Music, MusicInput } from './music/music-agent.ts';
import type { Assets, AssetsInput } from './pictures/assets-agent.ts';
import type { PictureBrief } from './pictures/brief.ts';
import type { Storyboard, StoryboardInput } from './pictures/storyboard.ts';
import type { InspectSegment } from './probe/inspect-segment-agent.ts';
import type { Inspection } from './probe/inspection.ts';
import type { ProbeInput } from './probe/probe-agent.ts';
import type { Probe } from './probe/probe.ts';
import type { SpeechInput } from './speech/speech-agent.ts';

interface StudioRefs {
  readonly assets: AgentRef<AssetsInput, Assets>;
  readonly storyboard: AgentRef<StoryboardInput, Storyboard>;
  readonly pictures: AgentRef<PictureBrief, Picture>;
  readonly speech: AgentRef<SpeechInput, Speech>;
  readonly music: AgentRef<MusicInput, Music>;
  readonly render: AgentRef<SegmentInput, Segment>;
  readonly inspect: AgentRef<InspectSegment, Inspection>;
  readonly subtitles: AgentRef<SubtitlesInput, Subtitles>;
  readonly merge: AgentRef<MergeInput, Film>;
  readonly thumbnail: AgentRef<ThumbnailInput, Thumbnail>;
  readonly probe: AgentRef<ProbeInput, Probe>;
}

/** `workflow(…).map('voices', studio.speech, …)`; `openStudio` brings the agents themselves. */
export const studio: StudioRefs = {
  assets: agentRef('studio.assets'),
  storyboard: agentRef('studio.storyboard'),
  pictures: agentRef('studio.pictures'),
  speech: agentRef('studio.speech'),
  music: agentRef('studio.music'),
  render: agentRef('studio.render'),
  inspect: agentRef('studio.inspect'),
  subtitles: agentRef('studio.subtitles'),
  merge: agentRef('studio.merge'),
  thumbnail: agentRef('studio.thumbnail'),
  probe: agentRef('studio.probe'),
};
