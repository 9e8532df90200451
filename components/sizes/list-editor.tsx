"use client";

import { ArrowDown, ArrowUp, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { FieldNode } from "@/lib/catalog/fields/schema";
import { moveBy, removeAt, replaceAt } from "./change-list";
import { fieldTitle } from "./field-words";
import { columnsOf, firstValue, isRecord, isScalar, without, type Json } from "./field-values";
import { JsonEditor } from "./json-editor";
import type { HoldingEditorProps } from "./value-editing";

/** A list as rows that are added, taken out and moved; small entries are rows of a table. */
export function ListEditor({ field, value, onChange, label, drawValue }: HoldingEditorProps) {
  const t = useTranslations("sizes.fields");
  const item = field.items;
  const entries = Array.isArray(value) ? value : [];
  if (item === undefined || !Array.isArray(value)) return <JsonEditor {...{ value, onChange, label }} />;
  const columns = columnsOf(item);
  return (
    <div className="grid min-w-0 gap-2">
      {columns !== null && entries.length > 0 && <ColumnNames columns={columns} />}
      {entries.map((entry, at) => (
        <div
          key={at}
          className={
            columns === null && !isScalar(item)
              ? "grid min-w-0 gap-2 rounded-md border bg-canvas p-3"
              : "grid min-w-0 grid-cols-[minmax(0,1fr)_auto] items-center gap-2"
          }
        >
          {columns !== null || isScalar(item) ? null : (
            <div className="flex items-center justify-between gap-2">
              <span className="text-xs font-medium text-ink-muted">{t("entry", { number: at + 1 })}</span>
              <EntryButtons list={entries} at={at} onChange={onChange} />
            </div>
          )}
          {columns === null ? (
            drawValue({
              field: item,
              value: entry,
              onChange: (next) => onChange(replaceAt(entries, at, next)),
              label: `${label}, ${t("entry", { number: at + 1 })}`,
            })
          ) : (
            <div className="grid min-w-0 auto-cols-fr gap-2 sm:grid-flow-col">
              {columns.map((column) => (
                <Cell
                  key={column.name}
                  column={column}
                  entry={entry}
                  label={t("cell", { name: fieldTitle(column), number: at + 1 })}
                  onChange={(next) => onChange(replaceAt(entries, at, next))}
                  drawValue={drawValue}
                />
              ))}
            </div>
          )}
          {(columns !== null || isScalar(item)) && (
            <EntryButtons list={entries} at={at} onChange={onChange} />
          )}
        </div>
      ))}
      <Button size="sm" className="w-fit" onClick={() => onChange([...entries, firstValue(item)])}>
        <Plus aria-hidden />
        {t("addEntry")}
      </Button>
    </div>
  );
}

function ColumnNames({ columns }: { columns: readonly FieldNode[] }) {
  return (
    <div aria-hidden className="hidden auto-cols-fr grid-flow-col gap-2 pr-26 text-xs text-ink-faint sm:grid">
      {columns.map((column) => (
        <span key={column.name} className="font-mono text-2xs">
          {column.name}
        </span>
      ))}
    </div>
  );
}

type CellProps = {
  column: FieldNode;
  entry: Json;
  label: string;
  onChange: (entry: Json) => void;
  drawValue: HoldingEditorProps["drawValue"];
};

/** An empty cell is a member that is not said. */
function Cell({ column, entry, label, onChange, drawValue }: CellProps) {
  const record = isRecord(entry) ? entry : {};
  const isSet = Object.hasOwn(record, column.name);
  return drawValue({
    field: column,
    value: isSet ? (record[column.name] ?? null) : column.type === "boolean" ? false : "",
    label,
    onChange: (next) =>
      onChange(
        next === "" && !column.required ? without(record, column.name) : { ...record, [column.name]: next },
      ),
  });
}

type EntryButtonsProps = { list: readonly Json[]; at: number; onChange: (list: Json[]) => void };

function EntryButtons({ list, at, onChange }: EntryButtonsProps) {
  const t = useTranslations("sizes.fields");
  const number = at + 1;
  return (
    <span className="flex gap-0.5">
      <IconButton
        size="icon-sm"
        label={t("moveUp", { number })}
        aria-disabled={at === 0}
        onClick={() => onChange(moveBy(list, at, -1))}
      >
        <ArrowUp aria-hidden />
      </IconButton>
      <IconButton
        size="icon-sm"
        label={t("moveDown", { number })}
        aria-disabled={at === list.length - 1}
        onClick={() => onChange(moveBy(list, at, 1))}
      >
        <ArrowDown aria-hidden />
      </IconButton>
      <IconButton
        size="icon-sm"
        label={t("removeEntry", { number })}
        onClick={() => onChange(removeAt(list, at))}
      >
        <X aria-hidden />
      </IconButton>
    </span>
  );
}
