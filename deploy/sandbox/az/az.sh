#!/bin/bash
# Stands in for the Azure CLI where a program of that name is looked for. What it knows is at the port AZ_PORT: serve.ts.
exec 3<>"/dev/tcp/127.0.0.1/$AZ_PORT"
printf '%s\0' "$#" "$@" >&3
IFS= read -r -d '' code <&3
IFS= read -r -d '' out <&3
IFS= read -r -d '' err <&3
printf '%s' "$out"
printf '%s' "$err" >&2
exit "$code"
