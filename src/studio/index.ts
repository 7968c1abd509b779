/** The studio: agents that make films. A project imports this as `continuo/studio`. */
export { aspectSchema, framesPerSecond, layoutOf, type Aspect, type Box, type Layout, type Size } from './film/aspect.ts';
