import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function AdminLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/admin">{children}</PartMessages>;
}
