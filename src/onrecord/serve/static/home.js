// The page ‘home’.
