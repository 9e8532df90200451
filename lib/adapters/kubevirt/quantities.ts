const factors: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** A Kubernetes quantity ("3920m", "16Gi", "1e3") as a number; what is none counts as 0. */
export function readQuantity(text: unknown): number {
  if (typeof text === "number") return Number.isFinite(text) && text > 0 ? text : 0;
  if (typeof text !== "string" || text.length > 64) return 0;
  const match = /^(\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)([numkMGTPE]|[KMGTPE]i)?$/.exec(text);
  if (!match) return 0;
  const value = Number(match[1]) * (factors[match[2] ?? ""] ?? 0);
  return Number.isFinite(value) ? value : 0;
}
