import { expect, test } from "vitest";
import { Picture } from "./picture";

const [control, alt, remove, enter, backspace] = [0xffe3, 0xffe9, 0xffff, 0xff0d, 0xff08];

function createPicture(isPaused = false): Picture {
  const startedAt = new Date(Date.now() - 60_000);
  return new Picture({ namespace: "team", name: "web", cluster: "lab", startedAt, isPaused: () => isPaused });
}

function type(picture: Picture, ...keys: (number | string)[]): void {
  for (const key of keys) {
    const keysym = typeof key === "number" ? key : key.charCodeAt(0);
    picture.pressKey(keysym, true);
    picture.pressKey(keysym, false);
  }
}

const lastLine = (picture: Picture) => picture.text.trimEnd().split("\n").at(-1);

test("typed keys appear at the prompt, a backspace takes one back", () => {
  const picture = createPicture();
  type(picture, "m", "e", "x", backspace);
  expect(lastLine(picture)).toBe("web login: me");
  type(picture, enter, "p", "w", enter);
  picture.paste("echo pasted\r");
  expect(picture.text).toContain("me@web:~$ echo pasted\npasted\n");
  expect(picture.text).not.toContain("pw");
});

test("Ctrl-Alt-Del starts the guest again", () => {
  const picture = createPicture();
  expect(picture.text).toContain("multi-user.target");
  for (const key of [control, alt, remove]) picture.pressKey(key, true);
  expect(picture.text.trim()).toBe("Restarting system.");
});

test("a paused guest hears nothing", () => {
  const picture = createPicture(true);
  type(picture, "a");
  expect(lastLine(picture)).toBe("web login:");
});

test("a pointer leaves a trail that fades away", () => {
  const picture = createPicture();
  const pixelAt = () => picture.screen.pixels[500 * picture.screen.width + 640];
  const before = pixelAt();
  picture.movePointer(640, 500, 0);
  type(picture, "a");
  expect(pixelAt()).not.toBe(before);
  picture.movePointer(10, 700, 0);
  for (let frame = 0; frame < 14; frame += 1) type(picture, "a");
  expect(pixelAt()).toBe(before);
});
