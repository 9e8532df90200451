import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function ApprovalsLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/approvals">{children}</PartMessages>;
}
