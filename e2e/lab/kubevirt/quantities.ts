const multipliers: Record<string, number> = {
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

/** The number behind a Kubernetes quantity ("1500m", "2Gi", 4); undefined when it is none. */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return undefined;
  const found = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d+)|([numkMGTPE]|[KMGTPE]i))?$/.exec(value);
  if (!found) return undefined;
  const [, digits = "", exponent = "", suffix = ""] = found;
  return exponent === "" ? Number(digits) * (multipliers[suffix] ?? 1) : Number(digits + exponent);
}

export function quantityOr(value: unknown, fallback: number): number {
  return parseQuantity(value) ?? fallback;
}
