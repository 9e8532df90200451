import type { RequestDetail } from "@/lib/requests/schema";

type Asked = NonNullable<RequestDetail["asked"]>;

/** What is asked as approvers of earlier steps have left it: the next change is a change of that. */
export function withEarlierChoices(asked: Asked, choices: RequestDetail["pendingChoices"]): Asked {
  const amountOf = (name: string, otherwise: number) => {
    const value = choices?.[name];
    return typeof value === "number" ? value : otherwise;
  };
  return {
    cpuCores: amountOf("cpuLimit", asked.cpuCores),
    memoryGi: amountOf("memoryLimitGi", asked.memoryGi),
    diskGb: amountOf("diskGb", asked.diskGb),
  };
}
