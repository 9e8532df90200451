import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function RequestsLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/requests">{children}</PartMessages>;
}
