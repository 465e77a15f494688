@rem On Unix the npm scripts `exec` node, so that signals reach it and not a shell; this is that word for Windows.
@%*
