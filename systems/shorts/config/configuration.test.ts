import { testConfiguration } from '../../testing/configuration.ts';

testConfiguration(new URL('./', import.meta.url), {
  functions: ['topic_researcher', 'script_writer', 'script_refiner', 'post_writer'],
});
