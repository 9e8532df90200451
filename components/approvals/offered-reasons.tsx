import { useLocale } from "next-intl";
import type { ReactNode } from "react";
import type { RejectReasonRow } from "@/lib/requests/reject-reasons/schema";
import { RejectReasons } from "./reject-reasons";

/** The reasons in the reader's language, for every dialog below. */
export function OfferedReasons({
  reasons,
  children,
}: {
  reasons: readonly RejectReasonRow[];
  children: ReactNode;
}) {
  const isChinese = useLocale() === "zh-CN";
  const told = reasons.map(({ about, textEn, textZh }) => ({ about, text: isChinese ? textZh : textEn }));
  return <RejectReasons reasons={told}>{children}</RejectReasons>;
}
