import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function AccessLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/access">{children}</PartMessages>;
}
