/** Logarithms of the gamma and the beta function, for products of thousands of probabilities. */

const halfLogTwoPi = Math.log(2 * Math.PI) / 2;

/** For x > 0. */
export function logGamma(x: number): number {
  // Stirling's series wants a large argument, and Γ(x) = Γ(x + 1) / x leads there.
  let product = 1;
  let z = x;
  for (; z < 8; z += 1) product *= z;
  const square = 1 / (z * z);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / z;
  return (z - 0.5) * Math.log(z) - z + halfLogTwoPi + series - Math.log(product);
}

export function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}
