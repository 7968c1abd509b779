/** Bounds of histograms, in seconds: what a request, an attempt and a run may take. */
export const ofRequests: number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
export const ofStore: number[] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 5];
export const ofAttempts: number[] = [0.005, 0.025, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900];
export const ofRuns: number[] = [0.05, 0.25, 1, 5, 15, 60, 300, 900, 1800, 3600, 21_600, 86_400];
