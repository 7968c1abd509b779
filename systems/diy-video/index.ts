/** The system as the command line, a server or a test takes it. */
import { fileURLToPath } from 'node:url';
import { openStudio, readFilmRequest, type FilmSystem } from 'continuo/studio';
import { bookkeeper } from './agents/bookkeeper.ts';
import { readScript } from './agents/given-script.ts';
import { planner } from './agents/planner.ts';
import { prompter, prompterByRules } from './agents/prompter.ts';
import { reviewer } from './agents/reviewer.ts';
import { scriptwriter } from './agents/scriptwriter.ts';
import { timekeeper } from './agents/timekeeper.ts';
import { diyVideo } from './workflow.ts';

export { diyVideo };
const always = [bookkeeper, planner, reviewer, scriptwriter, timekeeper];
export const agents = [...always, prompter];

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Title, materials, up to eight steps, result and ending. */
const mostScenes = 12;
/** At twice the usual speed. */
const charactersASecond = 30;

export const system: FilmSystem = {
  workflow: diyVideo,
  editing: 'edit',
  stages: [
    { name: 'script', steps: ['begin', 'script', 'edit', 'plan'] },
    { name: 'pictures', steps: ['assets', 'storyboard', 'prompts', 'pictures'], weights: { pictures: 30 } },
    { name: 'voices', steps: ['voices', 'timeline'], weights: { voices: 50 } },
    { name: 'music', steps: ['music'] },
    { name: 'scenes', steps: ['segments', 'inspections'], weights: { segments: 9 } },
    { name: 'film', steps: ['subtitles', 'film'], weights: { film: 50 } },
    { name: 'review', steps: ['measure', 'review', 'good', 'thumbnail', 'books'], weights: { measure: 8 } },
  ],
  gateway: [file('../../config/models.toml'), file('./config/tensorzero.toml')],
  readRequest: readFilmRequest,
  readScript,
  open: async ({ env, pictures, voice, localFiles = true }) => {
    const studio = openStudio({ env, localFiles, ...(pictures === null ? {} : { pictures }), ...(voice === null ? {} : { voice }) });
    try {
      await studio.mustBeReady();
    } catch (error) {
      await studio.close();
      throw error;
    }
    return {
      agents: [...always, studio.models.pictures === undefined ? prompterByRules : prompter, ...studio.agents],
      estimate: ({ duration }) => ({
        cost: studio.models.costAtMost({ pictures: mostScenes, characters: duration * charactersASecond }),
        notes: studio.models.notes,
        scenes: mostScenes,
      }),
      close: () => studio.close(),
    };
  },
};
