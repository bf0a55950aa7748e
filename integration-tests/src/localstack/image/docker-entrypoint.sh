#!/bin/sh
# Where Testcontainers' LocalStackContainer expects the program that starts LocalStack.
exec /opt/code/localstack/.venv/bin/python -m localstack.runtime.main
