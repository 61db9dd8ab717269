// The page ‘article’.
