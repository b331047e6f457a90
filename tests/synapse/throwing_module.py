# SPDX-License-Identifier: BSL-1.0
"""A Synapse module whose router fails at each question."""


class ThrowingModule:
    def __init__(self, config, api):
        api.register_presence_router_callbacks(
            get_users_for_states=self._fail, get_interested_users=self._fail)

    async def _fail(self, _):
        raise RuntimeError("no database")
