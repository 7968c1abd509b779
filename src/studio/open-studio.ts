/** The studio as a whole: its workers, its agents, and what is asked of models outside. */
import { fileURLToPath } from 'node:url';
import { cloudPicturesAgent } from './cloud/cloud-pictures-agent.ts';
import { cloudSpeechAgent } from './cloud/cloud-speech-agent.ts';
import { readStudioConfig } from './cloud/read-studio-config.ts';
import { studioModels, type StudioModels } from './cloud/studio-models.ts';
import { diagramFor } from './diagrams/diagram-for.ts';
import { findTools } from './ffmpeg/find.ts';
import { canvasPackage } from './lettering/canvas.ts';
import { mergeAgent } from './merge/merge-agent.ts';
import { subtitlesAgent } from './merge/subtitles-agent.ts';
import { thumbnailAgent } from './merge/thumbnail-agent.ts';
import { musicAgent } from './music/music-agent.ts';
import { assetsAgent } from './pictures/assets-agent.ts';
import { subjectsFor } from './pictures/meaning/subjects-for.ts';
import { picturesAgent } from './pictures/pictures-agent.ts';
import { storyboardAgent } from './pictures/storyboard-agent.ts';
import { inspectSegmentAgent } from './probe/inspect-segment-agent.ts';
import { probeAgent } from './probe/probe-agent.ts';
import { renderAgent } from './render/render-agent.ts';
import { captionWords } from './speech/silent-words.ts';
import { speechAgent } from './speech/speech-agent.ts';
import { voiceToUse } from './speech/voices.ts';
import { openStudioWorkers } from './workers/studio-workers.ts';

export interface StudioOptions {
  /** Globs of its configuration; the one that comes along when absent. */
  readonly config?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** `offline`, `auto`, `cloud`, or an image model by its name; the configuration decides where it is absent. */
  readonly pictures?: string;
  /** The same for speech; or a voice. */
  readonly voice?: string;
  /** How many things are drawn, spoken or rendered at a time. */
  readonly workers?: number;
  /** Whether inputs may name files of this machine: pictures, music, models of voices. True when absent; a server says no. */
  readonly localFiles?: boolean;
}

export interface Studio {
  /** For an orchestrator. */
  readonly agents: readonly unknown[];
  readonly models: StudioModels;
  /** Throws what would stop any film: no ffmpeg, a package that does not run here, no such voice. */
  mustBeReady(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the studio: its agents make pictures, speech, music, films and their measurements.
 *
 * ```ts
 * const studio = openStudio();
 * const orchestrator = await Orchestrator.open({ agents: studio.agents });
 * ```
 */
export function openStudio(options: StudioOptions = {}): Studio {
  const { config = usualConfig(), env = process.env, pictures, voice, workers: count, localFiles = true } = options;
  const models = studioModels({ config: readStudioConfig(config), env, pictures, voice });
  const workers = openStudioWorkers(count === undefined ? {} : { workers: count });
  const agents = [
    assetsAgent({ localFiles }),
    storyboardAgent({ subjectsOf: subjectsFor, diagramOf: diagramFor }),
    cloudPicturesAgent({ offline: picturesAgent({ workers }), model: models.pictures }),
    cloudSpeechAgent({ offline: speechAgent({ workers, env, localFiles }), model: models.speech, workers, wordsOf: captionWords }),
    musicAgent({ workers }),
    renderAgent({ workers, env }),
    inspectSegmentAgent(),
    subtitlesAgent(),
    mergeAgent({ workers }),
    thumbnailAgent(),
    probeAgent(),
  ];
  const mustBeReady = async (): Promise<void> => {
    if (models.speech === undefined) voiceToUse(voiceOfMachine(voice ?? null), env);
    canvasPackage();
    await findTools(env);
  };
  return { agents, models, mustBeReady, close: () => workers.close() };
}

const manners: ReadonlySet<string> = new Set(['offline', 'auto', 'cloud']);

/** The voice that was asked for by its name; null where only was said who speaks: this machine, or a model. */
export const voiceOfMachine = (voice: string | null): string | null => (voice === null || manners.has(voice) ? null : voice);

/** It comes along with the package. */
const usualConfig = (): readonly string[] => [fileURLToPath(new URL('../../config/studio.toml', import.meta.url))];
