/** Runs: journal, index, snapshots, plans, topic, memos, inbox, nodes. */
export const runs = `
`;
