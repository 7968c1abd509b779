/** The studio: agents that make films. A project imports this as `continuo/studio`. */
export { aspectSchema, framesPerSecond, layoutOf, type Aspect, type Box, type Layout, type Size } from './film/aspect.ts';
export { blobSchema, provenanceSchema, type Provenance } from './film/blob.ts';
export { paletteSchema, type Palette } from './film/palette.ts';
export { pictureSchema, type Entrance, type Picture, type Sprite } from './film/picture.ts';
export { qualitySchema, type Quality } from './film/quality.ts';
export { filmRequestSchema, type FilmRequest, type FilmRequestInput } from './film/request.ts';
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
