import { useFormatter, useTranslations } from "next-intl";

const namedMax = 3;

/** "Ada, Bob or 2 others": any one of them is enough. */
export function useApproverNames(): (approvers: readonly { displayName: string }[]) => string {
  const t = useTranslations("requests");
  const format = useFormatter();
  return (approvers) => {
    const others = approvers.length - namedMax;
    const names = approvers.slice(0, namedMax).map(({ displayName }) => displayName);
    return format.list(others > 0 ? [...names, t("list.others", { count: others })] : names, {
      type: "disjunction",
    });
  };
}
