// The page ‘review’.
