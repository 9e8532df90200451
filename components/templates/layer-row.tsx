"use client";

import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/icon-button";
import { Select } from "@/components/ui/select";
import { FieldLimits } from "./field-limits";
import { moveAmong } from "./move-among";
import type { FieldDraft, FieldPlace } from "./template-draft";
import { useTemplateEditing } from "./template-editor-context";
import { useFieldTitle } from "./use-field-title";

const places: readonly FieldPlace[] = ["quick", "advanced", "professional", "fixed"];

/** One field: where it stands, and behind what opens its default and its limits. */
export function LayerRow({ field }: { field: FieldDraft }) {
  const t = useTranslations("templates.layers");
  const { errorOfField } = useTemplateEditing();
  const title = useFieldTitle();
  const error = errorOfField(field.key);
  return (
    <li className="grid min-w-0 gap-2 p-3" data-field={`fields.${field.key}`} tabIndex={-1}>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        <div className="grid min-w-0 flex-1 basis-44">
          <span className="text-sm font-medium break-words">{title(field.key)}</span>
          <code className="font-mono text-xs break-all text-ink-faint">{field.key}</code>
        </div>
        <RowControls field={field} name={title(field.key)} />
      </div>
      <LimitChips field={field} />
      {error && <p className="text-xs text-danger">{error}</p>}
      <details>
        <summary className="w-fit text-xs font-medium text-ink-muted hover:text-ink">{t("limits")}</summary>
        <div className="pt-3">
          <FieldLimits field={field} />
        </div>
      </details>
    </li>
  );
}

function RowControls({ field, name }: { field: FieldDraft; name: string }) {
  const t = useTranslations("templates.layers");
  const { draft, change, offer } = useTemplateEditing();
  const isAskable = offer.fields.find(({ key }) => key === field.key)?.isAskable ?? true;
  const rest = draft.fields.filter(({ key }) => key !== field.key);
  const siblings = draft.fields.filter(({ place }) => place === field.place);
  const at = siblings.indexOf(field);
  const move = (step: 1 | -1) => change({ fields: moveAmong(draft.fields, field, step) });
  return (
    <div className="flex items-center gap-1">
      <Select
        aria-label={t("placeOf", { name })}
        value={field.place}
        onChange={(event) => {
          const place = places.find((each) => each === event.target.value);
          if (place) change({ fields: [...rest, { ...field, place }] });
        }}
        options={places.map((place) => ({
          value: place,
          label: t(`place.${place}`),
          disabled: !isAskable && place !== "fixed",
        }))}
        className="w-36"
      />
      <IconButton label={t("up", { name })} aria-disabled={at === 0 || undefined} onClick={() => move(-1)}>
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton
        label={t("down", { name })}
        aria-disabled={at === siblings.length - 1 || undefined}
        onClick={() => move(1)}
      >
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton label={t("remove", { name })} onClick={() => change({ fields: rest })}>
        <X aria-hidden />
      </IconButton>
    </div>
  );
}

function LimitChips({ field }: { field: FieldDraft }) {
  const t = useTranslations("templates.layers");
  const { standard, min, max, options } = field;
  const chips = [
    ...(standard === "" ? [] : [t("chipStandard", { value: standard })]),
    ...(min === "" ? [] : [t("chipMin", { value: min })]),
    ...(max === "" ? [] : [t("chipMax", { value: max })]),
    ...(options.length === 0 ? [] : [t("chipOptions", { options: options.join(", ") })]),
  ];
  if (chips.length === 0) return null;
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {chips.map((chip) => (
        <Badge key={chip} className="h-auto min-h-5 max-w-full break-all whitespace-normal">
          {chip}
        </Badge>
      ))}
    </span>
  );
}
