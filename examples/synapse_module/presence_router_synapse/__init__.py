# SPDX-License-Identifier: BSL-1.0
"""Presence routing for Synapse, decided by a C++ chain of presence-router."""
from ._chain import Chain, Rules
from .module import PresenceRouterModule

__all__ = ["Chain", "PresenceRouterModule", "Rules"]
