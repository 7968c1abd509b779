import { testConfiguration } from '../../testing/configuration.ts';

testConfiguration(new URL('./', import.meta.url), {
  functions: [
    'activity_generator',
    'answer_checker',
    'tutor_reply',
    'feedback_writer',
    'hint_writer',
    'learning_analysis',
    'speech_feedback',
    'conversation_analysis',
    'report_writer',
    'session_planner',
  ],
});
