/**
 * The 95 % upper bound of the probability that a fault loses records, after `losses` in `faults` independent faults.
 * Clopper–Pearson, one-sided; without losses it is 1 − 0.05^(1/n), about 3/n. The unit is the fault: records within
 * one fault share their fate.
 */
export function bound(faults: number, losses: number): number {
  if (faults === 0 || losses >= faults) return 1;
  if (losses === 0) return 1 - 0.05 ** (1 / faults);
  let low = losses / faults;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (atMost(losses, faults, middle) > 0.05) low = middle;
    else high = middle;
  }
  return high;
}

/** The probability of k or fewer hits in n tries of probability p. */
function atMost(k: number, n: number, p: number): number {
  let sum = 0;
  let logChoose = 0;
  for (let i = 0; i <= k; i += 1) {
    sum += Math.exp(logChoose + i * Math.log(p) + (n - i) * Math.log1p(-p));
    logChoose += Math.log(n - i) - Math.log(i + 1);
  }
  return sum;
}
