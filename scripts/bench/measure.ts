/** One way of doing the thing that a row compares. `sample` returns one figure, in the row's unit. */
export interface Variant {
  name: string;
  sample(): Promise<number>;
}

export type Samples = Map<string, number[]>;

export type Comparison = "at most" | "at least";

/** One line of the closing table: a figure, the goal it is held against, if any, and where it comes from. */
export interface Row {
  what: string;
  unit: string;
  value: number;
  /** Absent from rows that only inform. */
  goal?: { comparison: Comparison; value: number; met: boolean };
  detail: string;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  const lower = sorted[sorted.length % 2 === 1 ? middle : middle - 1];
  if (upper === undefined || lower === undefined) throw new Error("median of no values");
  return (lower + upper) / 2;
}

/**
 * Takes samples of all variants in turn, so that a host that speeds up or slows down meanwhile does so for all of them.
 * The order is another one each round, since what one leaves behind is paid for by the next.
 */
export async function interleave(
  variants: Variant[],
  rounds: number,
  report: (line: string) => void,
): Promise<Samples> {
  const samples: Samples = new Map(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    const first = Math.floor(round / 2) % variants.length;
    const order = [...variants.slice(first), ...variants.slice(0, first)];
    if (round % 2 === 1) order.reverse();
    for (const variant of order) samples.get(variant.name)?.push(await variant.sample());
    report(`round ${round + 1}/${rounds}`);
  }
  return samples;
}

/** The median of the ratios inside each round: what the host's own changes of speed disturb least. */
export function medianRatio(samples: Samples, numerator: string, denominator: string): number {
  const above = samples.get(numerator) ?? [];
  const below = samples.get(denominator) ?? [];
  return median(above.map((value, round) => value / (below[round] ?? Number.NaN)));
}

export function row(
  what: string,
  unit: string,
  value: number,
  comparison: Comparison,
  goal: number,
  detail: string,
): Row {
  const met = comparison === "at most" ? value <= goal : value >= goal;
  return { what, unit, value, goal: { comparison, value: goal, met }, detail };
}

/** A ratio over interleaved samples that is held against no goal; `detail` names both medians. */
export function informationRow(
  what: string,
  samples: Samples,
  [numerator, denominator]: [string, string],
  unit: string,
): Row {
  const medians = [numerator, denominator].map((name) => `${name} ${format(median(samples.get(name) ?? []))} ${unit}`);
  return { what, unit: "x", value: medianRatio(samples, numerator, denominator), detail: medians.join(", ") };
}

/** A ratio row over interleaved samples; `detail` names both medians. */
export function ratioRow(
  what: string,
  samples: Samples,
  variants: [string, string],
  comparison: Comparison,
  goal: number,
  unit: string,
): Row {
  const { value, detail } = informationRow(what, samples, variants, unit);
  return row(what, "x", value, comparison, goal, detail);
}

export function format(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
