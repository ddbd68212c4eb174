#!/bin/sh
# What /var/runtime/bootstrap does in AWS's nodejs24.x: module paths and heap sizes by the function's memory, unless the function sets its own.
# The emulator takes the time limit from its environment, where the real function has none.
unset AWS_LAMBDA_FUNCTION_TIMEOUT
export AWS_EXECUTION_ENV=AWS_Lambda_nodejs24.x
export NODE_PATH="${NODE_PATH:-/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task}"

case ${NODE_OPTIONS:-} in
*max[-_]semi[-_]space[-_]size* | *max[-_]old[-_]space[-_]size*) ;;
*)
  new_space=$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE / 10))
  set -- "--max-semi-space-size=$((new_space / 2))" "--max-old-space-size=$((AWS_LAMBDA_FUNCTION_MEMORY_SIZE - new_space))"
  ;;
esac
exec /var/lang/bin/node --expose-gc --max-http-header-size 81920 "$@" /var/runtime/index.mjs
