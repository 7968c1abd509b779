/**
 * What a model is told when its answer could not be used. A module and no file of its own kind: the build takes along
 * what TypeScript compiles, and nothing else. Variables: `problems`, a list of sentences.
 */
export const askAgainTemplate: string = `Your last answer cannot be used:
{% for problem in problems %}- {{ problem }}
{% endfor %}
Answer again, with everything that was right as it was and these points corrected. Give the JSON alone: no explanation, no code block.`;
