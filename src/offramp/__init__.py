"""Offramp: from reporting on a deadlock to a sourced case and its ways out."""
