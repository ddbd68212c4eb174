import { z } from "zod";
import { InputError } from "../../core/errors.ts";

/** Reads a function's settings from its environment.
 *  @param schema one field a variable
 *  @throws InputError naming every variable that is missing or wrong */
export function readEnvironment<Shape extends z.ZodRawShape>(shape: Shape, environment: NodeJS.ProcessEnv): z.infer<z.ZodObject<Shape>> {
  const parsed = z.object(shape).safeParse(environment);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => ({ file: "environment", field: path.join("."), message }));
  throw new InputError(problems, { cause: parsed.error });
}

/** What several functions are told. */
export const settings = {
  tableName: z.string().min(3),
  bucketName: z.string().min(3),
  timeZone: z.string().min(1),
  linkKeysSecret: z.string().min(1),
} as const;
