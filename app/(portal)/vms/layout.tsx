import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function VmsLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/vms">{children}</PartMessages>;
}
