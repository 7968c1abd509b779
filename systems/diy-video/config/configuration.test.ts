import { testConfiguration } from '../../testing/configuration.ts';

testConfiguration(new URL('./', import.meta.url), {
  functions: ['script_generator', 'prompt_enhancer', 'quality_evaluator', 'video_evaluator'],
});
