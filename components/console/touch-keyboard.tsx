"use client";

import { Keyboard } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, type FormEvent, type KeyboardEvent } from "react";
import { IconButton } from "@/components/ui/icon-button";
import type { TypingMode } from "@/lib/console/preferences/rules";
import { keysymOf, strokesOf } from "./keyboard-layouts";
import { movesOf, type KeyMove } from "./type-strokes";

interface TouchKeyboardProps {
  typing: TypingMode;
  isDisabled: boolean;
  send: (move: KeyMove) => void;
  /** Something was typed: what was held for it is let go. */
  onTyped: () => void;
}

/** A phone's keyboard only takes something away where there is something. */
const filler = "\u200b";

/** Opens the phone's own keyboard over a hidden input, whose text goes to the machine. */
export function TouchKeyboard({ typing, isDisabled, send, onTyped }: TouchKeyboardProps) {
  const t = useTranslations("console.toolbar");
  const input = useRef<HTMLTextAreaElement>(null);

  function type(text: string) {
    for (const move of movesOfText(text, typing)) send(move);
    onTyped();
  }

  function takeInput(event: FormEvent<HTMLTextAreaElement>) {
    const { nativeEvent, currentTarget } = event;
    if (!(nativeEvent instanceof InputEvent) || nativeEvent.isComposing) return;
    const isErased = nativeEvent.inputType.startsWith("deleteContent");
    if (isErased) pressBackspace(send);
    else type(currentTarget.value.replaceAll(filler, ""));
    currentTarget.value = filler;
  }

  function takeNamedKey(event: KeyboardEvent<HTMLTextAreaElement>) {
    const move = namedKeys[event.key];
    if (move === undefined) return;
    event.preventDefault();
    send({ ...move, down: true });
    send({ ...move, down: false });
    onTyped();
  }

  return (
    <>
      <IconButton
        size="icon-sm"
        label={t("touchKeyboard")}
        disabled={isDisabled}
        className="hidden pointer-coarse:inline-flex"
        onClick={() => input.current?.focus()}
      >
        <Keyboard aria-hidden />
      </IconButton>
      <textarea
        ref={input}
        aria-label={t("touchKeyboard")}
        tabIndex={-1}
        defaultValue={filler}
        autoCapitalize="off"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        onInput={takeInput}
        onKeyDown={takeNamedKey}
        onCompositionEnd={(event) => {
          type(event.data);
          event.currentTarget.value = filler;
        }}
        className="pointer-events-none fixed bottom-0 left-0 size-px resize-none text-[16px] opacity-0"
      />
    </>
  );
}

const namedKeys: Record<string, { keysym: number; code: string }> = {
  Enter: { keysym: 0xff0d, code: "Enter" },
  Tab: { keysym: 0xff09, code: "Tab" },
  Escape: { keysym: 0xff1b, code: "Escape" },
  ArrowLeft: { keysym: 0xff51, code: "ArrowLeft" },
  ArrowUp: { keysym: 0xff52, code: "ArrowUp" },
  ArrowRight: { keysym: 0xff53, code: "ArrowRight" },
  ArrowDown: { keysym: 0xff54, code: "ArrowDown" },
};

function pressBackspace(send: (move: KeyMove) => void) {
  const backspace = { keysym: 0xff08, code: "Backspace" };
  send({ ...backspace, down: true });
  send({ ...backspace, down: false });
}

/** A character that the layout lacks is sent by its number alone; some guests know it. */
function movesOfText(text: string, typing: TypingMode): KeyMove[] {
  const known = strokesOf(typing === "as_pressed" ? "us" : typing);
  return [...text.normalize("NFC")].flatMap((character) => {
    const byNumber = { keysym: keysymOf(character), code: "", shift: false, altGr: false };
    return (known.get(character) ?? [byNumber]).flatMap((stroke) => movesOf(stroke));
  });
}
