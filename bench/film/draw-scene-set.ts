/** Draws the scenes that the first argument asks for, and prints what the renderer is to be given. */
import { sceneSet, type SetOptions } from './scene-set.ts';

const options = JSON.parse(process.argv[2] ?? '') as SetOptions;
process.stdout.write(JSON.stringify(await sceneSet(options)));
