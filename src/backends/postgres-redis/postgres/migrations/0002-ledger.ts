/** The ledger of the gateway, its meters, and the index of blobs. */
export const ledger = `
`;
