import type { GuestLayout } from "@/lib/console/preferences/rules";

/** Accents that a key leaves pending until the letter comes. */
export type Accent = "´" | "`" | "^" | "¨" | "~";

/** Which character each key types, in the order of `keyRows`; a blank where it types none, or an accent. */
export interface LayoutTable {
  plain: readonly string[];
  shift: readonly string[];
  /** With AltGr: characters beside the keys, in turn. */
  altGr: string;
  shiftAltGr?: string;
  dead: readonly (readonly [Accent, code: string, "plain" | "shift" | "altGr"])[];
}

/** Keys by their places, row by row, as browsers name them. */
export const keyRows: readonly string[] = [
  "Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal IntlYen",
  "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight",
  "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash",
  "IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash IntlRo",
];

const digits = "Digit7 { Digit8 [ Digit9 ] Digit0 }";

/** As Linux guests have them (xkeyboard-config), reduced to what other guests' layouts of the same name type too. */
export const layoutTables: Record<GuestLayout, LayoutTable> = {
  us: {
    plain: ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'\\", " zxcvbnm,./"],
    shift: ["~!@#$%^&*()_+", "QWERTYUIOP{}", 'ASDFGHJKL:"|', " ZXCVBNM<>?"],
    altGr: "",
    dead: [],
  },
  us_intl: {
    plain: [" 1234567890-=", "qwertyuiop[]", "asdfghjkl; \\", " zxcvbnm,./"],
    shift: [" !@#$% &*()_+", "QWERTYUIOP{}", "ASDFGHJKL: |", " ZXCVBNM<>?"],
    altGr:
      "Digit1 ¡ Digit5 € Equal × KeyQ ä KeyW å KeyE é KeyT þ KeyY ü KeyU ú KeyI í KeyO ó KeyP ö BracketLeft « BracketRight » KeyA á KeyS ß KeyD ð KeyL ø Semicolon ¶ Backslash ¬ KeyZ æ KeyC © KeyN ñ KeyM µ Comma ç Slash ¿",
    shiftAltGr:
      "Equal ÷ KeyQ Ä KeyW Å KeyE É KeyT Þ KeyY Ü KeyU Ú KeyI Í KeyO Ó KeyP Ö KeyA Á KeyS § KeyD Ð KeyL Ø Semicolon ° Backslash ¦ KeyZ Æ KeyC ¢ KeyN Ñ Comma Ç",
    dead: [
      ["`", "Backquote", "plain"],
      ["~", "Backquote", "shift"],
      ["^", "Digit6", "shift"],
      ["´", "Quote", "plain"],
      ["¨", "Quote", "shift"],
    ],
  },
  gb: {
    plain: ["`1234567890-=", "qwertyuiop[]", "asdfghjkl;'#", "\\zxcvbnm,./"],
    shift: ['¬!"£$%^&*()_+', "QWERTYUIOP{}", "ASDFGHJKL:@~", "|ZXCVBNM<>?"],
    altGr: "Digit4 €",
    dead: [],
  },
  de: {
    plain: [" 1234567890ß ", "qwertzuiopü+", "asdfghjklöä#", "<yxcvbnm,.-"],
    shift: ['°!"§$%&/()=? ', "QWERTZUIOPÜ*", "ASDFGHJKLÖÄ'", ">YXCVBNM;:_"],
    altGr: `Digit2 ² Digit3 ³ ${digits} Minus \\ KeyQ @ KeyE € BracketRight ~ IntlBackslash | KeyM µ`,
    dead: [
      ["^", "Backquote", "plain"],
      ["´", "Equal", "plain"],
      ["`", "Equal", "shift"],
    ],
  },
  fr: {
    plain: ["²&é\"'(-è_çà)=", "azertyuiop $", "qsdfghjklmù*", "<wxcvbn,;:!"],
    shift: [" 1234567890°+", "AZERTYUIOP £", "QSDFGHJKLM%µ", ">WXCVBN?./§"],
    altGr:
      "Digit2 ~ Digit3 # Digit4 { Digit5 [ Digit6 | Digit7 ` Digit8 \\ Digit9 ^ Digit0 @ Minus ] Equal } KeyE €",
    dead: [
      ["^", "BracketLeft", "plain"],
      ["¨", "BracketLeft", "shift"],
    ],
  },
  es: {
    plain: ["º1234567890'¡", "qwertyuiop +", "asdfghjklñ ç", "<zxcvbnm,.-"],
    shift: ['ª!"·$%&/()=?¿', "QWERTYUIOP *", "ASDFGHJKLÑ Ç", ">ZXCVBNM;:_"],
    altGr:
      "Backquote \\ Digit1 | Digit2 @ Digit3 # Digit4 ~ KeyE € BracketLeft [ BracketRight ] Quote { Backslash }",
    dead: [
      ["`", "BracketLeft", "plain"],
      ["^", "BracketLeft", "shift"],
      ["´", "Quote", "plain"],
      ["¨", "Quote", "shift"],
    ],
  },
  it: {
    plain: ["\\1234567890'ì", "qwertyuiopè+", "asdfghjklòàù", "<zxcvbnm,.-"],
    shift: ['|!"£$%&/()=?^', "QWERTYUIOPé*", "ASDFGHJKLç°§", ">ZXCVBNM;:_"],
    altGr: "Minus ` Equal ~ KeyE € BracketLeft [ BracketRight ] Semicolon @ Quote #",
    shiftAltGr: "BracketLeft { BracketRight }",
    dead: [],
  },
  se: {
    plain: ["§1234567890+ ", "qwertyuiopå ", "asdfghjklöä'", "<zxcvbnm,.-"],
    shift: ['½!"#¤%&/()=? ', "QWERTYUIOPÅ ", "ASDFGHJKLÖÄ*", ">ZXCVBNM;:_"],
    altGr: `Digit2 @ Digit3 £ Digit4 $ KeyE € ${digits} Minus \\ IntlBackslash | KeyM µ`,
    dead: [
      ["´", "Equal", "plain"],
      ["`", "Equal", "shift"],
      ["¨", "BracketRight", "plain"],
      ["^", "BracketRight", "shift"],
      ["~", "BracketRight", "altGr"],
    ],
  },
  no: {
    plain: ["|1234567890+\\", "qwertyuiopå ", "asdfghjkløæ'", "<zxcvbnm,.-"],
    shift: ['§!"#¤%&/()=? ', "QWERTYUIOPÅ ", "ASDFGHJKLØÆ*", ">ZXCVBNM;:_"],
    altGr: `Digit2 @ Digit3 £ Digit4 $ KeyE € ${digits} KeyM µ`,
    dead: [
      ["´", "Equal", "altGr"],
      ["`", "Equal", "shift"],
      ["¨", "BracketRight", "plain"],
      ["^", "BracketRight", "shift"],
      ["~", "BracketRight", "altGr"],
    ],
  },
  ch: {
    plain: ["§1234567890' ", "qwertzuiopü ", "asdfghjklöä$", "<yxcvbnm,.-"],
    shift: ['°+"*ç%&/()=? ', "QWERTZUIOPè!", "ASDFGHJKLéà£", ">YXCVBNM;:_"],
    altGr:
      "Digit2 @ Digit3 # Digit7 | KeyE € BracketLeft [ BracketRight ] Quote { Backslash } IntlBackslash \\",
    dead: [
      ["^", "Equal", "plain"],
      ["`", "Equal", "shift"],
      ["~", "Equal", "altGr"],
      ["´", "Minus", "altGr"],
      ["¨", "BracketRight", "plain"],
    ],
  },
  jp: {
    plain: [" 1234567890-^\\", "qwertyuiop@[", "asdfghjkl;:]", " zxcvbnm,./\\"],
    shift: [" !\"#$%&'() =~|", "QWERTYUIOP`{", "ASDFGHJKL+*}", " ZXCVBNM<>?_"],
    altGr: "",
    dead: [],
  },
};
