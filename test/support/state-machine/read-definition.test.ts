import { expect, it } from "vitest";
import { aDistributedMap, aMachine, aTask } from "./machine-builder.ts";
import { UnsupportedDefinition } from "./read-definition.ts";

// What is refused is either outside what the interpreter runs, or what Step Functions refuses when the machine is created.

const end = { Type: "Pass", End: true };

it.each<[string, Record<string, object>, string]>([
  ["another type of state", { It: { Type: "Parallel", Branches: [], End: true } }, "States.It.Type"],
  ["another integration", { It: { ...aTask({ End: true }), Resource: "arn:aws:states:::sns:publish" } }, "the only integration supported"],
  ["a field that it does not interpret", { It: aTask({ End: true, HeartbeatSeconds: 5 }) }, "HeartbeatSeconds"],
  ["a field of JSONPath", { It: { ...end, InputPath: "$.a" } }, "InputPath"],
  [
    "an argument of lambda:invoke that it does not interpret",
    { It: { ...aTask({ End: true }), Arguments: { FunctionName: "f", InvocationType: "Event" } } },
    "InvocationType",
  ],
  ["a target that is no state", { It: { Type: "Pass", Next: "Nowhere" } }, "goes on to Nowhere"],
  ["a state that does not say how it goes on", { It: { Type: "Pass" } }, "needs either Next or End"],
  ["a Wait for nothing", { It: { Type: "Wait", End: true } }, "needs either Seconds or Timestamp"],
  [
    "States.ALL beside another name",
    { It: aTask({ End: true, Retry: [{ ErrorEquals: ["States.ALL", "Busy"] }] }) },
    "must be alone and last",
  ],
  [
    "States.ALL before another catcher",
    {
      It: aTask({
        End: true,
        Catch: [
          { ErrorEquals: ["States.ALL"], Next: "To" },
          { ErrorEquals: ["A"], Next: "To" },
        ],
      }),
      To: end,
    },
    "must be alone and last",
  ],
  ["JSONata that does not parse", { It: { ...end, Output: { a: ["{% $states. %}"] } } }, "Output.a.0"],
  ["an expression that is not closed", { It: { ...end, Output: "{% 1 " } }, "an expression is written {% … %}"],
  ["operators newer than JSONata 2.0.6", { It: { ...end, Output: "{% $states.input.a ?? 'none' %}" } }, "newer than JSONata 2.0.6"],
  ["$eval", { It: { ...end, Output: "{% $eval('1') %}" } }, "use $parse"],
  ["$states.result in a Pass", { It: { ...end, Output: "{% $states.result %}" } }, "there is no $states.result here"],
  [
    "$states.errorOutput outside of a Catch",
    { It: aTask({ End: true, Output: "{% $states.errorOutput %}" }) },
    "there is no $states.errorOutput here",
  ],
  ["the reserved variable", { It: { ...end, Assign: { states: 1 } } }, "Invalid key in record\n  → at States.It.Assign.states"],
  ["two states of one name", { It: aDistributedMap({ Next: "To", End: undefined }, { To: end }), To: end }, "two states of this name"],
  [
    "an outer variable assigned in an inline Map",
    { It: { ...end, Type: "Map", Assign: { x: 1 }, ItemProcessor: { StartAt: "In", States: { In: { ...end, Assign: { x: 2 } } } } } },
    "assigned in an outer workflow",
  ],
  [
    "a threshold for an inline Map",
    { It: { ...end, Type: "Map", ToleratedFailureCount: 1, ItemProcessor: { StartAt: "In", States: { In: end } } } },
    "only for the mode DISTRIBUTED",
  ],
])("refuses %s", (_what, states, message) => {
  expect(() => aMachine(states)).toThrow(UnsupportedDefinition);
  expect(() => aMachine(states)).toThrow(message);
});

it.each([
  ["{% $ %}", false],
  ["{% $$.a %}", false],
  ["{% total > 10 %}", false],
  ["{% $sum([total, 1]) %}", false],
  ["{% {'a': total} %}", false],
  ["{% $states.input[total > 10] %}", true],
  ["{% $states.input[$.total > 10].name %}", true],
  ["{% $states.input.{'a': total} %}", true],
  ["{% $map([1], function($n) { $n + 1 }) %}", true],
  ["{% $sort($states.input, function($a, $b) { $a.n > $b.n }) %}", true],
  ["{% $states.input^(>n) %}", true],
])("knows of %s whether it reads the input document that JSONata has elsewhere", (Output, allowed) => {
  // spec, "JSONata Restrictions": no "$" and no unqualified names at the top level, "but MAY reference … nested inside an expression"; never "$$"
  const create = expect(() => aMachine({ It: { ...end, Output } }));
  if (allowed) create.not.toThrow();
  else create.toThrow("reads an input document");
});

it("refuses JSONPath, the language of a definition that does not say", () => {
  expect(() => aMachine({ It: end }, { top: { QueryLanguage: "JSONPath" } })).toThrow("It: its QueryLanguage is JSONPath");
  expect(() => aMachine({ It: { ...end, QueryLanguage: "JSONata" } }, { top: { QueryLanguage: undefined } })).not.toThrow();
});

it("does not take ?? in a text for an operator", async () => {
  expect((await aMachine({ It: { ...end, Output: "{% 'what??' %}" } }).run()).output).toBe("what??");
});

it("names all problems of a machine at once", () => {
  expect(() => aMachine({ A: { Type: "Pass", Next: "X" }, B: { ...end, Output: "{% ( %}" } })).toThrow(/A: goes on to X.*B: Output/s);
});
