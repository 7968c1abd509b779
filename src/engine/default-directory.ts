/** Where a project keeps its runs unless it says otherwise. */
export const defaultDirectory = '.continuo';
