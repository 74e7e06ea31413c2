#!/usr/bin/env node
import { app } from './app.js';
import { runCli } from './terminal/run-cli.js';
import { processRuntime } from './terminal/runtime.js';

process.exitCode = await runCli(processRuntime(process), app);
