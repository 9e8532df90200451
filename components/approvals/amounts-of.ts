import type { ThreeWay } from "@/lib/requests/modification/schema";
import type { RequestDetail } from "@/lib/requests/schema";

/** How large a machine would be as it was asked: what is not asked stays as it is. */
export function amountsOf({ rows }: Pick<ThreeWay, "rows">): NonNullable<RequestDetail["asked"]> {
  const amountAt = (path: string) => {
    const row = rows.find((each) => each.path === path);
    return [row?.asked, row?.live].find((value) => typeof value === "number") ?? 0;
  };
  return { cpuCores: amountAt("cpuCores"), memoryGi: amountAt("memoryGi"), diskGb: amountAt("diskGb") };
}
