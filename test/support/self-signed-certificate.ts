import { generateKeyPairSync, sign } from "node:crypto";

/** PEM of a key and of a certificate that nobody but a test trusts. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

const tlv = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Uint8Array[]) => tlv(0x30, ...parts);
const oid = (hex: string) => tlv(0x06, Buffer.from(hex, "hex"));
const utcTime = (year: number) => tlv(0x17, Buffer.from(`${String(year % 100).padStart(2, "0")}0101000000Z`));

const ecdsaWithSha256 = sequence(oid("2a8648ce3d040302"));

/** Makes a certificate for `localhost` (RFC 5280, by hand: Node makes keys but no certificates), valid from 2020 to 2049. */
export function makeSelfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(tlv(0x31, sequence(oid("550403"), tlv(0x0c, Buffer.from("localhost")))));
  const altName = sequence(oid("551d11"), tlv(0x04, sequence(tlv(0x82, Buffer.from("localhost")))));
  const certificate = sequence(
    tlv(0xa0, tlv(0x02, Buffer.from([2]))),
    tlv(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    sequence(utcTime(2020), utcTime(2049)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    tlv(0xa3, sequence(altName)),
  );
  const signature = tlv(0x03, Buffer.from([0]), sign("sha256", certificate, privateKey));
  const der = sequence(certificate, ecdsaWithSha256, signature).toString("base64").replaceAll(/.{64}/g, "$&\n");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${der}\n-----END CERTIFICATE-----\n`,
  };
}
