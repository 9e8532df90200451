import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

export default function ServicesLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/services">{children}</PartMessages>;
}
