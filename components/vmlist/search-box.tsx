"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useId, useRef, useState, useTransition, type KeyboardEvent } from "react";
import { Input } from "@/components/ui/input";
import { Spinner } from "@/components/ui/spinner";
import { ChoiceList } from "./choice-list";
import { listHref, type Address } from "./list-address";
import { useChoices } from "./use-choices";
import { useCompletion } from "./use-completion";

type SearchBoxProps = { q: string; address: Address };

/** The search, completed while it is typed; without scripts it is a plain form. */
export function SearchBox({ q, address }: SearchBoxProps) {
  const t = useTranslations("vmlist");
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [busy, startTransition] = useTransition();
  const box = useTyping(q, input);
  const choices = useChoices(box.isOpen ? box.typing : null, box.completion);
  const active = Math.min(box.active, choices.length - 1);
  const isListed = box.isOpen && choices.length > 0;

  function submit(text: string) {
    box.close();
    const next = listHref(address, { q: text.trim(), ...(text.trim() === "" ? { view: "all" } : {}) });
    startTransition(() => router.push(next, { scroll: false }));
  }

  function press(event: KeyboardEvent) {
    const chosen = choices[active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      box.move(event.key === "ArrowDown" ? 1 : -1, choices.length);
    } else if (event.key === "Escape" && isListed) {
      event.preventDefault();
      box.close();
    } else if ((event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) && isListed && chosen) {
      event.preventDefault();
      box.insert(chosen.value);
    }
  }

  return (
    <form
      role="search"
      method="get"
      action="/vms"
      className="relative min-w-0 flex-1 basis-64"
      onSubmit={(event) => {
        event.preventDefault();
        submit(box.text);
      }}
    >
      {["sort", "columns", "view"].map(
        (name) => address[name] && <input key={name} type="hidden" name={name} value={address[name]} />,
      )}
      <Search
        aria-hidden
        className="pointer-events-none absolute top-0 left-2.5 z-1 my-2 size-4 text-ink-faint pointer-coarse:my-3"
      />
      <Input
        ref={input}
        mono
        type="text"
        name="q"
        role="combobox"
        aria-label={t("search.label")}
        aria-expanded={isListed}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isListed && active >= 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={500}
        placeholder={t("search.placeholder")}
        value={box.text}
        data-shortcut="search"
        onChange={(event) => box.type(event.target)}
        onSelect={(event) => box.look(event.currentTarget)}
        onFocus={box.open}
        onBlur={box.close}
        onKeyDown={press}
        className="pr-9 pl-8"
      />
      {busy && <Spinner label={t("search.searching")} className="absolute top-2 right-2.5 text-ink-faint" />}
      <ChoiceList id={id} choices={isListed ? choices : []} active={active} onChoose={box.insert} />
    </form>
  );
}

/** What stands in the box, where the caret is, and what of the list is pointed at. */
function useTyping(q: string, input: React.RefObject<HTMLInputElement | null>) {
  const [known, setKnown] = useState(q);
  const [text, setText] = useState(q);
  const [caret, setCaret] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const placed = useRef<number | null>(null);
  // Back, forward and a view change the address without touching the box.
  if (known !== q) {
    setKnown(q);
    setText(q);
  }

  useEffect(() => {
    if (placed.current === null) return;
    input.current?.setSelectionRange(placed.current, placed.current);
    placed.current = null;
  }, [text, input]);

  const completion = useCompletion(isOpen);
  const typing = completion?.typingAt(text, caret) ?? null;
  return {
    ...{ text, typing, completion, isOpen, active },
    open: () => setOpen(true),
    close: () => {
      setOpen(false);
      setActive(-1);
    },
    look: ({ selectionEnd }: HTMLInputElement) => setCaret(selectionEnd ?? text.length),
    type: ({ value, selectionEnd }: HTMLInputElement) => {
      setText(value);
      setCaret(selectionEnd ?? value.length);
      setOpen(true);
      setActive(-1);
    },
    move: (step: 1 | -1, count: number) => {
      setOpen(true);
      setActive(count === 0 ? -1 : (active + step + (active === -1 && step === -1 ? 1 : 0) + count) % count);
    },
    insert: (choice: string) => {
      if (typing === null || completion === null) return;
      const next = completion.insertChoice(text, typing, choice);
      placed.current = next.caret;
      setText(next.text);
      setCaret(next.caret);
      setActive(-1);
      input.current?.focus();
    },
  };
}
