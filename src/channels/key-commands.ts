// `wasit key …`: keys of channels, agencies and the operator. What the client has to keep is shown once.

import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { orRefuse } from '../access/index.ts';
import {
  addDestructiveVerb,
  addVerb,
  layOut,
  noun,
  readText,
  WrongUsage,
  type CommandContext,
  type Options,
} from '../platform/cli/index.ts';
import { addKey } from './add-key.ts';
import type { KeyAlgorithm, KeyWish, NewKey } from './credentials/index.ts';
import { listKeysOf, revokeKey } from './revoke-key.ts';
import { shownOnce } from './shown-once.ts';

export function registerKeyCommands(program: Command, context: CommandContext): void {
  const key = noun(program, 'key', 'how clients prove who they are');
  addVerb(key, {
    usage: 'add <client>',
    summary: 'a further key of a channel, an agency (by its biller’s code) or the operator',
    options: (command) => {
      command
        .option('--algorithm <name>', 'bearer, hmac-sha256 or ed25519', 'bearer')
        .option('--label <text>', 'for the list of keys', '')
        .option(
          '--allow-ip <address>',
          'an address or CIDR block that may use it; may be repeated',
          (text, before: string[] = []) => [...before, text],
        )
        .option('--expires <instant>', 'RFC 3339; never when left out')
        .option('--public-key <pem>', 'of the client’s own Ed25519 pair, PEM or base64, or @file')
        .option(
          '--out <file>',
          'write what is shown once to a file (mode 0600); of a signing key it is what `call --key` reads',
        );
    },
    action: async ([client = ''], options) => {
      const made = orRefuse(
        await addKey(
          await context.database(),
          client,
          await wishOf(options),
          await context.masterKey(),
          context.actor,
        ),
      );
      return toldOnce(client, made, options['out']);
    },
  });
  addVerb(key, {
    usage: 'list [client]',
    summary: 'its keys, or everybody’s; revoked and expired ones too',
    action: async ([client]) => {
      const keys = orRefuse(await listKeysOf(await context.database(), client));
      const data = keys.map(({ channelId, billerId, ...shown }) => shown);
      const words = data.map((one) => ({
        ...one,
        allowedIps: one.allowedIps.length === 0 ? 'any' : one.allowedIps,
      }));
      return { data, text: layOut(words) };
    },
  });
  addDestructiveVerb(key, {
    usage: 'revoke <keyId>',
    summary: 'the key is nobody’s from now on, for ever',
    intent: async ([keyId = '']) => `revoke ${keyId}: whoever uses it will be turned away`,
    action: async ([keyId = '']) => {
      const revokedAt = orRefuse(await revokeKey(await context.database(), keyId, context.actor));
      return { data: { keyId, revokedAt }, text: `${keyId} is revoked since ${revokedAt.toISOString()}` };
    },
  });
}

const ALGORITHMS: readonly string[] = ['bearer', 'hmac-sha256', 'ed25519'] satisfies KeyAlgorithm[];

function isAlgorithm(text: string): text is KeyAlgorithm {
  return ALGORITHMS.includes(text);
}

async function wishOf(options: Options): Promise<KeyWish> {
  const algorithm = String(options['algorithm']);
  if (!isAlgorithm(algorithm)) throw new WrongUsage(`the algorithm is one of ${ALGORITHMS.join(', ')}`);
  const expiresAt = typeof options['expires'] === 'string' ? new Date(options['expires']) : undefined;
  if (expiresAt !== undefined && Number.isNaN(expiresAt.getTime()))
    throw new WrongUsage(`${String(options['expires'])} is no instant, such as 2027-01-31T00:00:00Z`);
  return {
    algorithm,
    label: String(options['label']),
    ...(Array.isArray(options['allowIp']) && { allowedIps: options['allowIp'].map(String) }),
    ...(expiresAt && { expiresAt }),
    ...(typeof options['publicKey'] === 'string' && { publicKey: await readText(options['publicKey']) }),
  };
}

async function toldOnce(client: string, made: NewKey, out: unknown) {
  const data = shownOnce(client, made);
  const { keyId, algorithm } = data;
  if (typeof out === 'string') {
    await writeFile(out, `${JSON.stringify(data, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    return {
      data: { client, keyId, algorithm, file: out },
      text: `${keyId} (${algorithm}) of ${client}: written to ${out}`,
    };
  }
  const secret = made.shownOnce;
  if (secret === undefined) return { data, text: `${keyId} (${algorithm}) of ${client}` };
  return { data, text: `${keyId} (${algorithm}) of ${client}. Keep this, it is not shown again:\n${secret}` };
}
