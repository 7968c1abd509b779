import { testConfiguration } from '../../testing/configuration.ts';

testConfiguration(new URL('./', import.meta.url), {
  functions: [
    'series_creator',
    'story_architect',
    'episode_breakdown',
    'scene_writer',
    'dialogue_writer',
    'character_creator',
    'character_designer',
    'voice_creator',
    'character_arc',
    'concept_artist',
    'environment_designer',
    'storyboard_artist',
    'music_director',
    'quality_control',
  ],
});
