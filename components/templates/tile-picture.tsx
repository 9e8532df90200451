"use client";

import { TemplateCards } from "@/components/requests/template-cards";
import type { TemplateRow } from "@/lib/catalog/templates/schema";

/** The tile by the very component of the request form; a picture, so nothing in it can be chosen. */
export function TilePicture({ template }: { template: TemplateRow }) {
  return (
    <div inert className="[&_.grid]:grid-cols-1!">
      <TemplateCards
        templates={[template]}
        namespace={undefined}
        value=""
        onChoose={() => undefined}
        error={undefined}
      />
    </div>
  );
}
