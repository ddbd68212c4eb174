import { expect, it } from "vitest";
import { describeScreen, dressForScreen } from "../../functions/cli/dev/screen-page.ts";

const margins = (css: string, body = "") => describeScreen(`<head><style>${css}</style></head><body>${body}</body>`, []).margins;

it("the paper has the margins of the page, and of a named page where a selector asks for it", () => {
  const css = `
    @page { size: A4; margin: 37mm 26mm 35mm 28mm; @top-right { margin: 1mm; } }
    @page :right { @bottom-right { content: "x"; margin: 2mm; } }
    @page leaders { margin: 20mm 22.5mm; @bottom-left { content: none; } }
    @page unused { margin: 3mm; }
    .one-page { color: red; page: leaders; }
    .other { page-break-after: always; }`;
  expect(margins(css)).toEqual([
    { selector: "body", margin: "37mm 26mm 35mm 28mm" },
    { selector: "body.one-page", margin: "20mm 22.5mm" },
  ]);
});

it("what the text says of pages is no rule, and what is no length is left out", () => {
  expect(margins("p { margin: 1mm }", "@page { margin: 9mm; }")).toEqual([]);
  expect(margins("@page { margin: calc(1mm + 2mm); }")).toEqual([]);
  expect(margins("@page { margin: 0; } @page big { margin: 1in; }")).toEqual([{ selector: "body", margin: "0" }]);
});

it("the style comes last in the head, and the page is otherwise as it was", () => {
  const page = "<!doctype html><head><title>a</title></head><body>b</head>c</body>";
  expect(dressForScreen(page, "<style>s</style>")).toBe(
    "<!doctype html><head><title>a</title><style>s</style></head><body>b</head>c</body>",
  );
  expect(dressForScreen("no head", "<style>s</style>")).toBe("no head");
});
