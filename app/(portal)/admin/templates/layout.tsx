import type { ReactNode } from "react";
import { PartMessages } from "@/components/shell/part-messages";

/** The pictures of the request form speak its words. */
export default function TemplatesLayout({ children }: { children: ReactNode }) {
  return <PartMessages part="app/(portal)/admin/templates">{children}</PartMessages>;
}
