"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type NamesToTypeProps = { names: readonly string[]; onTyped: (isTyped: boolean) => void };

/** Each name letter for letter, in the order of the machines; posted as `confirmName`. */
export function NamesToType({ names, onTyped }: NamesToTypeProps) {
  const [typed, setTyped] = useState<Record<string, string>>({});

  function type(name: string, text: string) {
    const next = { ...typed, [name]: text };
    setTyped(next);
    onTyped(names.every((one) => next[one] === one));
  }

  return (
    <div className="grid max-h-[40dvh] gap-3 overflow-y-auto p-0.5">
      {names.map((name) => (
        <Field
          key={name}
          name="confirmName"
          label={<code className="font-mono font-medium break-all text-danger select-all">{name}</code>}
        >
          <Input
            mono
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => type(name, event.target.value)}
          />
        </Field>
      ))}
    </div>
  );
}
